/** The channel on which the tabs of one browser tell each other of use and of a sign-in. */
export const ONE_BROWSER = 'regrasp.browser';
