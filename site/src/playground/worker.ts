import { check, findLine } from '../generated/engine.js';
import type { WorkerAnswer, WorkerRequest } from './protocol';

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  postMessage(answer(data));
});

function answer(data: WorkerRequest): WorkerAnswer {
  try {
    return data.type === 'check'
      ? { id: data.id, type: 'checked', result: check(data.request) }
      : { id: data.id, type: 'line', line: findLine(data.place) };
  } catch (error) {
    return { id: data.id, type: 'failed', message: (error as Error).message };
  }
}
