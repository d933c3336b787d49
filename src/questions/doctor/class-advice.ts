/**
 * What no check of this machine can find out before a class joins by phone: what its firewall will ask, whether a phone
 * gets through, and what helps if the network keeps its clients apart. In words, with this machine's address.
 */

import type { Adapter } from '../../base/platform.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';

export interface Advice {
  readonly name: 'firewall' | 'phones' | 'isolation';
  readonly title: Text;
  readonly told: readonly Text[];
}

const firewalls = [
  {
    system: 'win32',
    told: text(
      'Windows Defender asks, when the page is first opened to others, whether “Node.js JavaScript Runtime” may be reached from the network. It asks this of every new server; nothing is wrong. Allow it for the kind of network you are in (a school’s is often “public”); an administrator may be needed. Whoever cancels is not asked again, and phones wait in vain: then tick Node.js under Windows Security > Firewall > Allow an app through firewall.',
      'Windows Defender는 페이지를 다른 사람에게 처음 열 때 “Node.js JavaScript Runtime”의 네트워크 접속을 허용할지 묻습니다. 새 서버라면 언제나 묻는 것이니 문제가 생긴 것이 아닙니다. 지금 쓰는 네트워크 종류(학교망은 “공용”일 때가 많습니다)에 허용하십시오. 관리자 권한이 필요할 수 있습니다. 취소하면 다시 묻지 않고 휴대전화는 응답을 받지 못합니다. 그때는 Windows 보안 > 방화벽 > 방화벽에서 앱 허용에서 Node.js를 선택하십시오.',
    ),
  },
  {
    system: 'darwin',
    told: text(
      'macOS asks “Do you want the application “node” to accept incoming network connections?” only where its firewall is on: allow it. It is changed in System Settings > Network > Firewall > Options.',
      'macOS는 방화벽이 켜져 있을 때만 “node” 응용 프로그램이 들어오는 네트워크 연결을 수락할지 묻습니다. 허용하십시오. 나중에는 시스템 설정 > 네트워크 > 방화벽 > 옵션에서 바꿉니다.',
    ),
  },
  {
    system: 'linux',
    told: text(
      'Linux asks nothing. Where ufw runs, open the port of `rtcompare demo --classroom --port 8080`: `sudo ufw allow 8080/tcp`.',
      'Linux는 아무것도 묻지 않습니다. ufw가 실행 중이면 `rtcompare demo --classroom --port 8080`의 포트를 여십시오: `sudo ufw allow 8080/tcp`.',
    ),
  },
] as const;

const loopback = text(
  'On a laptop alone (run, lesson, demo without --classroom) no firewall asks.',
  '노트북 한 대에서만 쓸 때(run, lesson, --classroom 없는 demo)는 방화벽이 묻지 않습니다.',
);

const phones = {
  address: text(
    'In the same network, not on mobile data, they open the address that `rtcompare demo --classroom` prints: http://{address}:PORT/.',
    '모바일 데이터가 아니라 같은 네트워크에서, `rtcompare demo --classroom` 명령이 출력하는 주소를 엽니다: http://{address}:PORT/.',
  ),
  trial: text(
    'Whether a phone gets through, only a phone can tell: try one before the class.',
    '실제로 접속되는지는 휴대전화로만 알 수 있으니 수업 전에 한 대로 시험하십시오.',
  ),
  none: text(
    'This laptop is in no network that a phone could be in: connect to Wi-Fi, or open a hotspot.',
    '이 노트북은 휴대전화가 함께 있을 네트워크에 연결되어 있지 않습니다. Wi-Fi에 연결하거나 핫스팟을 켜십시오.',
  ),
};

const isolation = [
  text(
    'Where the page opens on this laptop under that address, but on no phone though the firewall lets it through, the network keeps its clients apart (client or AP isolation, usual in schools and for guests). Nothing on this laptop changes that: use a network of your own.',
    '이 노트북에서는 그 주소로 페이지가 열리는데, 방화벽에서 허용했는데도 휴대전화에서는 열리지 않으면 네트워크가 접속한 기기들을 서로 떼어 놓은 것입니다(클라이언트 격리, AP 격리. 학교와 손님용 네트워크에서 흔합니다). 노트북 설정으로는 바꿀 수 없으니 직접 만든 네트워크를 쓰십시오.',
  ),
  text(
    'A small Wi-Fi router needs no internet and takes a whole class.',
    '작은 Wi-Fi 공유기는 인터넷이 없어도 되고 한 반을 모두 받습니다.',
  ),
  text(
    'This laptop’s hotspot. Windows: Settings > Network & internet > Mobile hotspot, 8 devices. macOS: System Settings > General > Sharing > Internet Sharing, where it has a cable. Linux: `nmcli device wifi hotspot`.',
    '이 노트북의 핫스팟. Windows: 설정 > 네트워크 및 인터넷 > 모바일 핫스팟, 8대. macOS: 유선으로 연결되어 있을 때 시스템 설정 > 일반 > 공유 > 인터넷 공유. Linux: 터미널에서 `nmcli device wifi hotspot` 명령.',
  ),
  text(
    'A phone’s hotspot takes 5 to 10 devices: one phone a table. The laptop has to be in it, too.',
    '휴대전화의 핫스팟은 5~10대를 받습니다. 모둠마다 휴대전화 한 대만 연결하십시오. 노트북도 그 핫스팟에 있어야 합니다.',
  ),
  text(
    'In another network the laptop has another address: end the page and start it again.',
    '네트워크가 바뀌면 노트북의 주소도 바뀌므로 페이지를 끝내고 다시 시작하십시오.',
  ),
  text('Without phones: `rtcompare demo --bots 20`.', '휴대전화 없이: `rtcompare demo --bots 20`.'),
] as const;

/**
 * @param system this machine's: the advice for its firewall comes first; the others follow, because the class may be
 * held with another laptop.
 * @param adapter by which others would join.
 */
export function classAdvice(system: NodeJS.Platform, adapter: Adapter | undefined): readonly Advice[] {
  const [own, others] = [true, false].map((isOwn) =>
    firewalls.filter((one) => (one.system === system) === isOwn).map(({ told }) => told),
  );
  const reachable = adapter !== undefined && !adapter.isVirtual;
  return [
    {
      name: 'firewall',
      title: text('The firewall', '방화벽'),
      told: [...(own ?? []), ...(others ?? []), loopback],
    },
    {
      name: 'phones',
      title: text('Can phones reach the page?', '휴대전화가 페이지에 접속할 수 있습니까?'),
      told: reachable
        ? [inEveryLanguage(phones.address, { address: adapter.address }), phones.trial]
        : [phones.none],
    },
    {
      name: 'isolation',
      title: text('A network that keeps clients apart', '기기를 서로 떼어 놓는 네트워크'),
      told: isolation,
    },
  ];
}
