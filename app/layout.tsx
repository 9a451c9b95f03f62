import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TELL_ZONE } from '#client/device/clock/tell-zone';
import { EARLY_TAPS } from '#client/device/early-taps';
import { TapsReady } from '#components/shell/taps-ready';
import { ToldZoneProvider } from '#components/shell/told-zone';
import { isTimeZone } from '#domain/time/local-day';
import { textDirection } from '#server/runtime/i18n';

export const metadata: Metadata = {
  title: { default: 'Regrasp', template: '%s · Regrasp' },
  referrer: 'no-referrer',
  manifest: '/manifest.webmanifest',
};
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  // The canvas of app/tokens.css.
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f5f1' },
    { media: '(prefers-color-scheme: dark)', color: '#110d1c' },
  ],
};

const TEXT_SIZES: Record<string, string> = { '125': '125%', '150': '150%' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const jar = await cookies();
  const theme = jar.get('regrasp.theme')?.value;
  const textSize = TEXT_SIZES[jar.get('regrasp.text')?.value ?? ''];
  const zone = jar.get('regrasp.zone')?.value ?? '';
  return (
    <html
      lang={await getLocale()}
      dir={await textDirection()}
      data-theme={theme === 'dark' || theme === 'light' ? theme : undefined}
      style={textSize ? { fontSize: textSize } : undefined}
    >
      <head>
        <meta property="csp-nonce" nonce={nonce} content="" />
        {/* The browser hides the nonce from the page's own scripts. */}
        <script nonce={nonce} suppressHydrationWarning>
          {EARLY_TAPS + TELL_ZONE}
        </script>
      </head>
      <body>
        <NextIntlClientProvider>
          <ToldZoneProvider zone={isTimeZone(zone) ? zone : null}>{children}</ToldZoneProvider>
        </NextIntlClientProvider>
        <TapsReady />
      </body>
    </html>
  );
}
