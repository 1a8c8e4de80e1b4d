import { byId, make } from './dom.ts';
import { ServiceProblem } from './service.ts';
import { say } from './text.ts';

/** Shows a message until it is dismissed; the same one is never shown twice. */
export function notify(message: string, code?: string): void {
  const box = byId('notices');
  if ([...box.children].some((child) => child.getAttribute('data-message') === message)) return;
  const dismiss = make('button', { type: 'button', class: 'quiet', 'aria-label': say('dismiss') }, '×');
  const notice = make('div', { class: 'card notice', 'data-message': message }, make('p', {}, message), dismiss);
  if (code) notice.dataset.code = code;
  dismiss.addEventListener('click', () => notice.remove());
  box.append(notice);
}

/** Shows a failure with its mend. */
export function notifyProblem(thrown: unknown): void {
  if (thrown instanceof ServiceProblem) notify(thrown.message, thrown.code);
  else notify(thrown instanceof Error ? thrown.message : String(thrown), 'internal');
}
