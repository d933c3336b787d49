/** The HTML documents of the site. Their scripts build all content, so that one page has both languages. */
import type { Language } from '../../base/text.ts';

interface PageParts {
  /** Scripts and styles of libraries, a line each; the site's own style follows, so it overrides theirs. */
  readonly head: readonly string[];
  readonly script: string;
  readonly body: string;
}

export const documentOf = (language: Language, { head, script, body }: PageParts): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rtcompare</title>
<link rel="icon" href="data:,">
${[...head, '<link rel="stylesheet" href="/style.css">'].join('\n')}
<script src="${script}" type="module"></script>
</head>
<body>${body}</body>
</html>
`;

const needsScript =
  '<noscript>This page needs JavaScript. / 이 페이지에는 자바스크립트가 필요합니다.</noscript>';
const socketIo = '<script src="/socket.io.js" defer></script>';

export const pageHtml = (language: Language): string =>
  documentOf(language, {
    head: ['<link rel="stylesheet" href="/uplot.css">', '<script src="/uplot.js" defer></script>', socketIo],
    script: '/classroom/page/main.js',
    body: needsScript,
  });

/** The page beside DevTools. */
export const devtoolsHtml = (language: Language): string =>
  documentOf(language, {
    head: [socketIo],
    script: '/classroom/page/devtools/devtools-page.js',
    body: needsScript,
  });
