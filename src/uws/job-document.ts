import { element, optionalText, renderDocument, type XmlElement } from '../xml.ts';
import { formatTime, type ErrorSummary, type Job, type JobReference } from './job.ts';

/** UWS 1.0 and 1.1 share the namespace; `version` tells them apart. */
const namespaces = {
  'xmlns:uws': 'http://www.ivoa.net/xml/UWS/v1.0',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
};

/**
 * UWS 1.1, "Job description"; the schema prescribes the order.
 * @param jobsUrl of the job list, without a slash at its end
 */
export function jobDocument(job: Job, jobsUrl: string): string {
  const jobUrl = urlOf(job.jobId, jobsUrl);
  return renderDocument(
    element('uws:job', { ...namespaces, version: '1.1' }, [
      element('uws:jobId', {}, [job.jobId]),
      ...optionalText('uws:runId', job.runId),
      nillable('uws:ownerId', job.ownerId),
      element('uws:phase', {}, [job.phase]),
      nillable('uws:quote', timeText(job.quote)),
      element('uws:creationTime', {}, [formatTime(job.creationTime)]),
      nillable('uws:startTime', timeText('startTime' in job ? job.startTime : null)),
      nillable('uws:endTime', timeText('endTime' in job ? job.endTime : null)),
      element('uws:executionDuration', {}, [String(job.executionDuration)]),
      nillable('uws:destruction', formatTime(job.destruction)),
      element('uws:parameters', {}, parameterElements(job, jobUrl)),
      element('uws:results', {}, resultElements(job, jobUrl)),
      ...errorSummary(job),
      ...jobInfo(job),
    ]),
  );
}

/** UWS 1.1, "Job list". */
export function jobListDocument(jobs: readonly JobReference[], jobsUrl: string): string {
  const references = jobs.map((job) =>
    element('uws:jobref', { id: job.jobId, ...link(urlOf(job.jobId, jobsUrl)) }, [
      element('uws:phase', {}, [job.phase]),
      ...optionalText('uws:runId', job.runId),
      nillable('uws:ownerId', job.ownerId),
      element('uws:creationTime', {}, [formatTime(job.creationTime)]),
    ]),
  );
  return renderDocument(element('uws:jobs', { ...namespaces, version: '1.1' }, references));
}

/** `/parameters`. */
export function parametersDocument(job: Job, jobsUrl: string): string {
  const parameters = parameterElements(job, urlOf(job.jobId, jobsUrl));
  return renderDocument(element('uws:parameters', namespaces, parameters));
}

/** `/results`. */
export function resultsDocument(job: Job, jobsUrl: string): string {
  const results = resultElements(job, urlOf(job.jobId, jobsUrl));
  return renderDocument(element('uws:results', namespaces, results));
}

function parameterElements(job: Job, jobUrl: string): readonly XmlElement[] {
  return [
    ...job.parameters.map(({ name, value }) => element('uws:parameter', { id: name }, [value])),
    ...job.parts.map(({ name }) =>
      element('uws:parameter', { id: name, byReference: 'true' }, [
        `${jobUrl}/parameters/${encodeURIComponent(name)}`,
      ]),
    ),
  ];
}

function resultElements(job: Job, jobUrl: string): readonly XmlElement[] {
  if (job.phase !== 'COMPLETED') return [];
  const { mediaType, size } = job.result;
  const attributes = { ...link(`${jobUrl}/results/result`), 'mime-type': mediaType };
  return [element('uws:result', { id: 'result', ...attributes, size: String(size) })];
}

function errorSummary(job: Job): readonly XmlElement[] {
  const error: ErrorSummary | null = 'error' in job ? job.error : null;
  if (error === null) return [];
  const attributes = { type: error.type, hasDetail: 'true' };
  const message = element('uws:message', {}, [error.message]);
  return [element('uws:errorSummary', attributes, [message])];
}

/**
 * How far the job is: its place in the queue, then rows and bytes. In no namespace: taplint warns of
 * any whose schema it does not know.
 */
function jobInfo(job: Job): readonly XmlElement[] {
  const figures = figuresOf(job).map(([name, figure]) => element(name, {}, [String(figure)]));
  return figures.length === 0 ? [] : [element('uws:jobInfo', {}, figures)];
}

function figuresOf(job: Job): readonly (readonly [string, number])[] {
  switch (job.phase) {
    case 'QUEUED':
      return [['queuePosition', job.position]];
    case 'EXECUTING':
      return [
        ['rows', job.progress.rows],
        ['bytes', job.progress.bytes],
      ];
    case 'COMPLETED':
      return [
        ['rows', job.result.rows],
        ['bytes', job.result.size],
      ];
    case 'PENDING':
    case 'ERROR':
    case 'ABORTED':
      return [];
  }
}

function urlOf(jobId: string, jobsUrl: string): string {
  return `${jobsUrl}/${jobId}`;
}

function link(url: string): Readonly<Record<string, string>> {
  return { 'xlink:type': 'simple', 'xlink:href': url };
}

function timeText(time: Date | null): string | null {
  return time === null ? null : formatTime(time);
}

/** Always there, empty when unknown. */
function nillable(name: string, text: string | null): XmlElement {
  return text === null ? element(name, { 'xsi:nil': 'true' }) : element(name, {}, [text]);
}
