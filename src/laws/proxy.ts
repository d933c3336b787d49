/** Real proxies: how they delay events is known only from a bare client through the same proxy in the same run. */
import type { Law } from './law.ts';

/** PX1: the age of an event behind a proxy is that of a bare client through the same proxy. Derived. */
export const proxiedAgeMs = ({ bareMs }: { readonly bareMs: number }): number => bareMs;

export const px1 = {
  id: 'PX1',
  exact: false,
  title: { en: 'An event behind a real proxy', ko: '실제 프록시 뒤의 이벤트' },
  statement: {
    en: 'What a proxy does to the age of an event is its own, and goes by its version and configuration: stock HAProxy 2.6 lets the kernel cork what it has for 200 ms, with `option http-no-delay` it does not, and nginx holds what it buffers until 4,096 B are there. So no table says what to expect: a bare client, without tap or library, hears the same events at the same pace through the same running proxy in the same run. A client that is heard later than that one has been slowed down by what measures it.',
    ko: '프록시가 이벤트의 지연에 하는 일은 프록시 자신의 것이며 버전과 설정에 따라 다릅니다. 기본 설정의 HAProxy 2.6은 커널이 보낼 것을 200 ms 동안 붙잡아 두게 하고, `option http-no-delay`를 켜면 그러지 않습니다. nginx는 버퍼에 4,096 B가 찰 때까지 붙잡아 둡니다. 그래서 기대값을 표에 적어 두지 않습니다. 측정 도구도 라이브러리도 쓰지 않는 클라이언트가 같은 실행에서 같은 프록시를 거쳐 같은 이벤트를 같은 간격으로 받습니다. 이보다 늦게 받는 클라이언트는 측정하는 쪽 때문에 늦어진 것입니다.',
  },
  formula: 'A = B',
  source:
    'derived; HAProxy configuration manual, option http-no-delay; ngx_http_proxy_module, proxy_buffering',
  parameters: [
    { name: 'A', unit: 'ms', meaning: { en: 'median age of an event', ko: '이벤트 지연의 중앙값' } },
    {
      name: 'B',
      unit: 'ms',
      meaning: {
        en: 'the same of a bare client through the same proxy',
        ko: '같은 프록시를 거친 맨 클라이언트의 같은 값',
      },
    },
  ],
} satisfies Law;
