/**
 * The site does not know where it will be opened: it is built for this folder, and what names it is made relative afterwards
 * (`make-relative.ts`). No document may have this text.
 */
export const PLACEHOLDER = "/site-root-placeholder/";
