import type { Readable } from 'node:stream';
import type { Bilingual } from '../../errors.ts';

/** A file that begins to arrive. */
export interface Arrival {
  /** Which byte of the file comes first: the one that was asked for, or 0 when the source begins anew. */
  readonly offset: number;
  /** Tells this version of the file from another (ETag, Last-Modified); undefined: the source does not say. */
  readonly validator: string | undefined;
  readonly body: Readable;
}

/** What is asked of a source. */
export interface PullRequest {
  /** Bytes that are here already. */
  readonly offset: number;
  /** The validator that came with them. */
  readonly validator: string | undefined;
  /** Size of the whole file. */
  readonly bytes: number;
  readonly signal: AbortSignal;
}

/** A place that a file can be had from. */
export interface PullSource {
  /** For people: its address or path, without a password. */
  readonly name: string;
  /** @throws DropError when another try may do; ServiceError when it will not */
  readonly open: (request: PullRequest) => Promise<Arrival>;
}

/** A transfer broke off: another try may go on. */
export class DropError extends Error {
  readonly why: Bilingual;
  /** The source asks for a rest this long. */
  readonly afterMs: number | undefined;
  /** True: the bytes that are here are of no use to this source. */
  readonly startOver: boolean;

  constructor(why: Bilingual, wish: { readonly afterMs?: number; readonly startOver?: boolean } = {}) {
    super(why.en);
    this.why = why;
    this.afterMs = wish.afterMs;
    this.startOver = wish.startOver ?? false;
  }
}

/** A size for people. */
export function sayMegabytes(bytes: number): Bilingual {
  const megabytes = (bytes / 1e6).toFixed(1);
  return { en: `${megabytes} MB`, fr: `${megabytes} Mo` };
}
