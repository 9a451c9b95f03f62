import type { QueryClient } from '@tanstack/react-query';
import { forgetWhatWasRead } from '#client/people/forget';

/** The scripts by which the server sent the page's data; they have run. */
function forgetPageData(): void {
  for (const script of [...document.scripts]) if (script.src === '') script.remove();
}

/** Pages are called after who they are about: all that names this one says something else, until the returned function is called. */
function retitle(text: string): () => void {
  const announced = document.querySelector('next-route-announcer')?.shadowRoot?.querySelector('[role="alert"]');
  if (announced) announced.textContent = '';
  const titles = [...document.querySelectorAll('title')].map((title) => ({ title, before: title.textContent }));
  for (const { title } of titles) title.textContent = text;
  return () => {
    for (const { title, before } of titles) title.textContent = before;
  };
}

/**
 * A login has ended and its page is taken from the screen: what the page and the device hold of the record goes, but what
 * waits to be sent. Returns how to give the page its name again.
 */
export function leaveScreen(queryClient: QueryClient, title: string): () => void {
  void forgetWhatWasRead();
  forgetPageData();
  // What was asked for just before may still come.
  void queryClient.cancelQueries();
  queryClient.clear();
  return retitle(title);
}
