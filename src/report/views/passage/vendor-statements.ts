/**
 * Products that could not be run on the machine of the kept run: nothing here was measured. Each entry is the vendor's
 * own statement in our words, with the address and the day it was read; where no statement was found, there is no
 * entry.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Block } from '../../blocks/block.ts';

interface VendorStatement {
  readonly product: string;
  readonly about: Text;
  readonly states: Text;
  readonly address: string;
  readonly read: string;
}

const about = {
  buffering: text('response buffering', '응답 버퍼링'),
  idle: text('idle limits', '유휴 제한'),
  websocket: text('WebSocket', 'WebSocket'),
  upstream: text('connections to the server', '서버로 연 연결'),
};
const read = '2026-11-30';

export const vendorStatements: readonly VendorStatement[] = [
  {
    product: 'nginx ≥ 1.29.7',
    about: about.upstream,
    states: text(
      'speaks HTTP/1.1 with keep-alive to the server unless told otherwise; before, HTTP/1.0',
      '따로 설정하지 않으면 서버와 keep-alive가 있는 HTTP/1.1로 통신합니다. 그 전에는 HTTP/1.0이었습니다',
    ),
    address:
      'https://nginxblog.azurewebsites.net/blog/keep-alive-to-upstreams-is-now-default-in-nginx-1-29-7',
    read,
  },
  {
    product: 'Envoy',
    about: about.idle,
    states: text(
      'a stream without activity either way may exist for 5 minutes; a route waits 15 s for the complete response, which has to be disabled for responses that never end',
      '양쪽 모두 활동이 없는 스트림은 5분까지 유지됩니다. 라우트는 온전한 응답을 15초 기다리며, 끝나지 않는 응답에는 이 제한을 꺼야 합니다',
    ),
    address: 'https://github.com/envoyproxy/envoy/blob/073db22/docs/root/faq/configuration/timeouts.rst',
    read,
  },
  {
    product: 'Envoy',
    about: about.websocket,
    states: text(
      'upgrades are allowed by upgrade_configs, and a route can switch them on or off; the buffer filter does not go with them',
      '업그레이드는 upgrade_configs로 허용하고 라우트마다 켜거나 끌 수 있습니다. 버퍼 필터와는 함께 쓸 수 없습니다',
    ),
    address: 'https://www.envoyproxy.io/docs/envoy/latest/_sources/intro/arch_overview/http/upgrades.rst.txt',
    read,
  },
  {
    product: 'Traefik 2',
    about: about.buffering,
    states: text(
      'flushes every 100 ms (flushInterval; negative: after each write), and at once what it recognises as a streaming response',
      '100 ms마다 내보내고(flushInterval, 음수이면 쓸 때마다), 스트리밍으로 알아본 응답은 바로 내보냅니다',
    ),
    address: 'https://github.com/traefik/traefik/blob/001e9aa/docs/content/routing/services/index.md',
    read,
  },
  {
    product: 'AWS ALB',
    about: about.idle,
    states: text(
      'closes a client’s or target’s connection without data either way after 60 s; 1 to 4,000 s can be set',
      '양쪽 모두 데이터가 없는 연결을 60초 뒤 닫습니다. 1초부터 4,000초까지 정할 수 있습니다',
    ),
    address:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
    read,
  },
  {
    product: 'AWS ALB',
    about: about.websocket,
    states: text(
      'supports WebSockets natively, with HTTP and HTTPS listeners',
      'HTTP와 HTTPS 리스너 모두에서 WebSocket을 지원합니다',
    ),
    address:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    read,
  },
  {
    product: 'AWS CloudFront',
    about: about.idle,
    states: text(
      'waits 30 s for a response of the origin; up to 180 s can be set',
      '오리진의 응답을 30초 기다립니다. 180초까지 정할 수 있습니다',
    ),
    address: 'https://repost.aws/knowledge-center/cloudfront-custom-origin-response',
    read,
  },
  {
    product: 'AWS CloudFront',
    about: about.websocket,
    states: text(
      'supports WebSockets in every distribution, where the request’s Sec-WebSocket fields are forwarded',
      '요청의 Sec-WebSocket 필드를 넘겨주면 모든 배포에서 WebSocket을 지원합니다',
    ),
    address:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html',
    read,
  },
  {
    product: 'Cloudflare',
    about: about.idle,
    states: text(
      'answers 524 where the origin says nothing for 100 s (another limit can be set by some customers)',
      '오리진이 100초 동안 아무것도 보내지 않으면 524로 응답합니다(일부 고객은 바꿀 수 있음)',
    ),
    address:
      'https://github.com/cloudflare/cloudflare-docs/blob/0010e3d/src/content/docs/fundamentals/reference/connection-limits.mdx',
    read,
  },
  {
    product: 'Cloudflare',
    about: about.websocket,
    states: text(
      'hands WebSockets on without configuration; a release of its own code may end them, so keep-alives are advised',
      '설정 없이 WebSocket을 전달합니다. 자체 코드를 배포할 때 연결이 끊길 수 있어 킵얼라이브를 권합니다',
    ),
    address:
      'https://github.com/cloudflare/cloudflare-docs/blob/04e05ca/src/content/docs/network/websockets.mdx',
    read,
  },
];

const phrases = {
  title: text('Not measured here', '여기서 재지 않은 것'),
  row: text(
    '{product}, {about}: not measured; the vendor states: {states} ({address}, read {read})',
    '{product}, {about}: 재지 않음. 제조사의 설명: {states} ({address}, {read} 확인)',
  ),
};

export const vendorBlocks = (reader: Reader): Block[] => [
  {
    kind: 'list',
    title: say(reader, phrases.title),
    items: vendorStatements.map(({ product, about, states, address, read }) =>
      say(reader, phrases.row, {
        product,
        address,
        read,
        about: say(reader, about),
        states: say(reader, states),
      }),
    ),
  },
];
