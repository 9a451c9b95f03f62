import 'next-intl';
import type messages from './messages/en.json';

declare module 'next-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof messages;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sid?: string;
  }
}
