// The pool of workers: the latest live request first, then ranges of paths, then questions that take long.

/** Bytes of the engine, from gzip and base64, without a request. */
async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

export class Pool {
  /** Starts workers; `ready` hears once the first one can answer, `failed` why none can. */
  constructor(code, base64, ready, failed) {
    this.jobs = [];
    this.count = 0;
    this.workers = [];
    this.alive = false;
    const size = Math.max(2, Math.min(8, navigator.hardwareConcurrency || 2));
    const fail = (why) => { setTimeout(() => { if (!this.alive) failed(why); }, 0); };
    if (typeof WebAssembly !== 'object' || typeof DecompressionStream !== 'function') { fail('this browser is too old'); return; }
    const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    unpacked(base64).then((bytes) => {
      for (let place = 0; place < size; place += 1) {
        const worker = new Worker(address);
        const own = { worker, job: null, ready: false };
        worker.onerror = (event) => fail(event.message || 'a worker does not start');
        worker.onmessage = ({ data }) => {
          if (data.ready) {
            own.ready = true;
            if (!this.alive) { this.alive = true; ready(); }
          } else if (own.job) {
            const job = own.job;
            own.job = null;
            if (data.failed) job.refuse(new Error(data.failed));
            else job.done({ answer: JSON.parse(data.said), took: data.took });
          } else if (data.failed) fail(data.failed);
          this.next();
        };
        worker.postMessage({ bytes });
        this.workers.push(own);
      }
    }, (error) => fail(String(error.message || error)));
  }

  /** Asks the engine; lower ranks first. Jobs of a kind can be dropped before they have begun. */
  ask(request, rank, kind) {
    return new Promise((done, refuse) => {
      this.count += 1;
      this.jobs.push({ id: this.count, text: JSON.stringify(request), rank, kind, done, refuse });
      this.next();
    });
  }

  /** Drops what has not begun. */
  drop(kind) {
    this.jobs = this.jobs.filter((job) => job.kind !== kind);
  }

  next() {
    this.jobs.sort((a, b) => a.rank - b.rank || a.id - b.id);
    for (const own of this.workers) {
      if (!own.ready || own.job || this.jobs.length === 0) continue;
      // A question takes seconds: one worker at least stays free for what the reader moves.
      const busy = this.workers.filter((it) => it.job && it.job.rank > 1).length;
      const place = this.jobs.findIndex((job) => job.rank <= 1 || busy < this.workers.filter((it) => it.ready).length - 1);
      if (place < 0) return;
      [own.job] = this.jobs.splice(place, 1);
      own.worker.postMessage({ id: own.job.id, text: own.job.text });
    }
  }
}
