/**
 * What each command is for, in the order of the help: the usual commands first, then those that go deeper. In a file of
 * its own, so that the help of the program does not have to load the commands.
 */
import { text } from '../../base/text.ts';

export const purposes = {
  run: text(
    'start a server for each transport, drive clients against it, and compare',
    '전송 방식마다 서버를 띄우고 클라이언트를 연결해 비교합니다',
  ),
  lesson: text(
    'guess, measure, explain: lessons for a class of 50 minutes, and for home',
    '예상하고, 측정하고, 설명을 듣습니다: 50분 수업과 집에서 할 수업',
  ),
  demo: text(
    'a page for a class: race the transports, chat over all of them, see every byte',
    '수업용 페이지: 전송 방식을 경주시키고, 모두로 채팅하고, 모든 바이트를 봅니다',
  ),
  tables: text(
    'fill the documents’ tables A and B by measuring, with a verdict for each row',
    '문서의 표 A와 B를 측정해서 채우고, 항목마다 판정합니다',
  ),
  check: text(
    'weigh every transport over HTTP/1.1, TLS and HTTP/2, exactly, and fail when the wire became heavier',
    '모든 전송 방식의 바이트를 HTTP/1.1, TLS, HTTP/2에서 정확히 재고, 기준값보다 늘었으면 실패합니다',
  ),
  inspect: text(
    'relay any HTTP application, or read a capture or a HAR, and say what it speaks, whose its bytes are, what stands out',
    'HTTP 애플리케이션 앞에서 중계하거나 캡처나 HAR 파일을 읽어, 무엇을 주고받는지, 바이트가 누구 것인지, 눈에 띄는 것이 무엇인지 알려 줍니다',
  ),
  grade: text(
    'check a server of one’s own, or a folder of them, against the wire formats of docs/wire-formats.md',
    '직접 만든 서버나 서버들이 든 폴더를 docs/wire-formats.md의 형식에 맞는지 검사합니다',
  ),
  wire: text(
    'show one conversation byte by byte: whose each byte is, and what it means',
    '대화 하나를 바이트 단위로 보여 줍니다: 바이트마다 누구 것인지, 무슨 뜻인지',
  ),
  explain: text(
    'explain a law, or a word of the tables: what it means, why, and where it comes from',
    '법칙이나 표의 낱말을 설명합니다: 무슨 뜻인지, 왜 그런지, 어디서 왔는지',
  ),
  claims: text(
    'put the documents on trial: what they say, what is measured here, a verdict for each',
    '문서의 주장을 검증합니다: 문서의 말, 여기서 잰 값, 주장마다의 판정',
  ),
  recommend: text(
    'say which transport costs an application least, from laws and measured unit costs',
    '법칙과 실제로 잰 단위 비용으로, 어떤 전송 방식이 애플리케이션에 가장 적은 부담을 주는지 알려 줍니다',
  ),
  predict: text(
    'say what the laws predict for a plan, without opening a socket',
    '소켓을 열지 않고, 법칙이 예측하는 값을 보여 줍니다',
  ),
  probe: text(
    'probe what real proxies do to each transport, or what browsers do by themselves: every cell measured',
    '실제 프록시가 전송 방식마다 하는 일, 또는 브라우저가 스스로 하는 일을 알아봅니다: 칸마다 잰 값',
  ),
  reproduce: text(
    'reproduce a published result: published, predicted and measured in one row',
    '발표된 결과를 재현합니다: 발표값, 예측값, 측정값을 한 줄에 보여 줍니다',
  ),
  compare: text(
    'say what moved between two weighings, runs or inspections: which header, frame field or request',
    '두 기준값, 측정, 관찰 기록 사이에 달라진 것을 알려 줍니다: 어느 헤더, 프레임 필드, 요청인지',
  ),
  report: text(
    'tell a finished run again, from its JSON: tables, HTML, Markdown, CSV, JUnit',
    '끝난 측정을 그 JSON으로 다시 보여 줍니다: 표, HTML, Markdown, CSV, JUnit',
  ),
  pcap: text(
    'turn the tape of `rtcompare run --record` into a pcapng file, for Wireshark',
    '`rtcompare run --record`의 기록을 Wireshark가 여는 pcapng 파일로 바꿉니다',
  ),
  serve: text(
    'keep the measured servers up, to try them with curl or a browser',
    '측정하는 서버들을 띄워 두고 curl이나 브라우저로 시험해 봅니다',
  ),
  list: text(
    'list transports, variants, references, scenarios, what can stand between, and metrics',
    '전송 방식, 변형, 기준, 시나리오, 중간에 놓을 수 있는 것, 지표의 목록을 보여 줍니다',
  ),
  doctor: text(
    'look at this machine: versions, limits, ports, addresses, timers',
    '이 컴퓨터를 살핍니다: 버전, 한도, 포트, 주소, 타이머',
  ),
  bundle: text(
    'write this program with all it needs into one file, to install it without a network',
    '이 프로그램과 필요한 모든 것을 파일 하나로 묶어, 네트워크 없이 설치할 수 있게 합니다',
  ),
  completion: text(
    'complete commands, options and names in bash, zsh or fish',
    'bash, zsh, fish에서 명령, 옵션, 이름을 자동 완성합니다',
  ),
} as const;

export type CommandName = keyof typeof purposes;
