import 'next-intl';
import type { RegionalEnglish } from './domain/people/region';
import type messages from './messages/en.json';

declare module 'next-intl' {
  interface AppConfig {
    Locale: RegionalEnglish;
    Messages: typeof messages;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sid?: string;
  }
}
