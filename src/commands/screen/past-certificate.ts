/**
 * How a browser gets past a certificate that it does not know, without a network: what to press, or what to start it
 * with.
 */
import { X509Certificate } from 'node:crypto';
import { keyHash, vouchesFor } from '../../base/certificate.ts';
import { type Reader, say, text } from '../../base/text.ts';

const phrases = {
  made: text(
    'No browser knows its certificate, which was made for this run. To go on:',
    '이번 실행을 위해 만든 인증서라서 브라우저가 모릅니다. 계속하려면:',
  ),
  selfSigned: text(
    'Its certificate vouches for itself. Where no browser was told to trust it:',
    '스스로 서명한 인증서입니다. 브라우저에 등록하지 않았다면:',
  ),
  elsewhere: text(
    'Its certificate is not for {host}, and a browser says so. To go on:',
    '{host}용 인증서가 아니라서 브라우저가 경고합니다. 계속하려면:',
  ),
  chrome: text(
    'Chrome, Edge: “Advanced”, then “Proceed to {host} (unsafe)”',
    'Chrome, Edge: “고급” → “{host}(안전하지 않음)(으)로 이동”',
  ),
  firefox: text(
    'Firefox: “Advanced…”, then “Accept the Risk and Continue”',
    'Firefox: “고급…” → “위험을 감수하고 계속 진행”',
  ),
  safari: text(
    'Safari: “Show Details”, then “visit this website”',
    'Safari: “세부사항 보기” → “이 웹 사이트 방문”',
  ),
  unasked: text(
    'Chromium does not ask when it is started with a profile of its own and:',
    'Chromium을 별도 프로필과 다음 옵션으로 시작하면 묻지 않습니다:',
  ),
};

/** Empty if an authority issued the user's own certificate for this host: they know which browsers trust it. */
export function pastCertificate(
  { cert, isMade, url }: { readonly cert: string; readonly isMade: boolean; readonly url: string },
  reader: Reader,
): string[] {
  const certificate = new X509Certificate(cert);
  const host = new URL(url).hostname;
  const isElsewhere = !vouchesFor(certificate, host);
  const isSelfSigned = certificate.checkIssued(certificate);
  if (!isMade && !isElsewhere && !isSelfSigned) return [];
  return [
    isMade || !isElsewhere
      ? say(reader, isMade ? phrases.made : phrases.selfSigned)
      : say(reader, phrases.elsewhere, { host }),
    ...[
      say(reader, phrases.chrome, { host }),
      say(reader, phrases.firefox),
      say(reader, phrases.safari),
      say(reader, phrases.unasked),
      '--user-data-dir=DIR',
      `--ignore-certificate-errors-spki-list=${keyHash(cert)}`,
    ].map((line) => `  ${line}`),
  ];
}
