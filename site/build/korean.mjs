/** The scenarios of docs/delivery.md in Korean. */
export const KOREAN_SCENARIOS = {
  'rolling restarts': '롤링 재시작',
  'rotation in a burst': '로그 폭주 중 로테이션',
  'agent killed': '에이전트 강제 종료(SIGKILL)',
  'agent out of memory': '에이전트 메모리 부족(OOM)',
  'receiver away': '수신 서버 중단',
  'node drained': '노드 드레인',
  'short Jobs': '짧은 잡',
  'log volume full': '로그 볼륨 가득 참',
  'lines to the end': '종료 직전까지 기록되는 로그',
  'stack traces at the end': '종료 직전의 스택 트레이스',
  'copied and truncated': '복사 후 비우기(copytruncate)',
};

/** The ways to ship lines whose titles are more than a name. */
export const KOREAN_COLUMNS = {
  'Fluent Bit, classic sidecar': 'Fluent Bit, 클래식 사이드카',
  'Fluent Bit, two plain containers': 'Fluent Bit, 일반 컨테이너 두 개',
};
