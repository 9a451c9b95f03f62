type Played = Pick<HTMLVideoElement, 'currentTime' | 'addEventListener' | 'removeEventListener'> &
  Partial<Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>>;

/**
 * Tells which frame of a clip of constant rate was really painted, from 0 on. Browsers that do not say (before 2021 and 2024)
 * are asked where they are before each picture of the screen. Returns how to stop.
 */
export function watchFrames(element: Played, framesPerSecond: number, onFrame: (frame: number) => void): () => void {
  let handle = 0;
  // A video that is scrolled out of sight is not painted: there the end of the seek must do.
  const look = () => onFrame(Math.floor(element.currentTime * framesPerSecond));
  element.addEventListener('seeked', look);
  const { requestVideoFrameCallback: request, cancelVideoFrameCallback: cancel } = element;
  if (request && cancel) {
    const painted: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      onFrame(Math.round(mediaTime * framesPerSecond));
      handle = request.call(element, painted);
    };
    handle = request.call(element, painted);
  } else {
    const again = () => {
      look();
      handle = requestAnimationFrame(again);
    };
    handle = requestAnimationFrame(again);
  }
  return () => {
    if (request && cancel) cancel.call(element, handle);
    else cancelAnimationFrame(handle);
    element.removeEventListener('seeked', look);
  };
}
