/** The page's one document: everything in it is built by its script, so that both languages are one page. */
import type { Language } from '../web/talk.ts';

export const pageHtml = (language: Language): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rtcompare</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/uplot.css">
<link rel="stylesheet" href="/style.css">
<script src="/uplot.js" defer></script>
<script src="/socket.io.js" defer></script>
<script src="/web/main.js" type="module"></script>
</head>
<body><noscript>This page needs JavaScript. / 이 페이지에는 자바스크립트가 필요합니다.</noscript></body>
</html>
`;
