/** The document of the page beside DevTools; its script builds everything in it. */
import type { Language } from '../../web/talk.ts';

export const devtoolsHtml = (language: Language): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rtcompare</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<script src="/socket.io.js" defer></script>
<script src="/web/devtools/main.js" type="module"></script>
</head>
<body><noscript>This page needs JavaScript. / 이 페이지에는 자바스크립트가 필요합니다.</noscript></body>
</html>
`;
