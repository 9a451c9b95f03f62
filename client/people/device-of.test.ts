import { describe, expect, it } from 'vitest';
import { deviceOf } from './device-of';

const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the device behind what a browser says of itself', () => {
  it.each([
    [`Mozilla/5.0 (Linux; Android 10; K) ${KIT} Chrome/131.0.0.0 Mobile Safari/537.36`, 'chrome', 'android'],
    [`Mozilla/5.0 (Linux; Android 14) ${KIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36`, 'samsung', 'android'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
      'edge',
      'windows',
    ],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${KIT} Version/18.1 Safari/604.1`, 'safari', 'iphone'],
    [`Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) ${KIT} CriOS/131.0 Safari/604.1`, 'chrome', 'ipad'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0', 'firefox', 'mac'],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/131.0.0.0 Safari/537.36`, 'chrome', 'chromebook'],
    ['curl/8.5.0', 'other', 'other'],
    [null, 'other', 'other'],
  ])('%s', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system });
  });
});
