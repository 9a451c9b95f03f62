/** The channel on which the tabs of one browser tell each other of use, of a sign-in and of its end. */
export const ONE_BROWSER = 'regrasp.browser';
