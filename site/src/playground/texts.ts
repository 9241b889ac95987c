/** What the playground says; what rules say is English in any language. */
export interface Texts {
  readonly example: string;
  readonly chooseExample: string;
  readonly firstManifest: string;
  readonly kubernetes: string;
  readonly open: string;
  readonly share: string;
  readonly shared: string;
  readonly inAddress: string;
  readonly longLink: string;
  readonly unreadableLink: string;
  readonly tooLong: string;
  readonly editor: string;
  readonly editorHelp: string;
  readonly findings: string;
  readonly pictures: string;
  readonly pictureHelp: string;
  readonly line: string;
  readonly fix: string;
  readonly suppressed: string;
  readonly omitted: string;
  readonly checking: string;
  readonly nothing: string;
  readonly noFindings: string;
  readonly noPods: string;
  readonly lastPicture: string;
  readonly more: string;
  readonly morePods: string;
  readonly failed: string;
  readonly drop: string;
  readonly counts: { readonly error: string; readonly warning: string; readonly info: string };
  readonly severities: { readonly error: string; readonly warning: string; readonly info: string };
  readonly inObjects: string;
}

export const TEXTS: Readonly<Record<'en' | 'ko', Texts>> = {
  en: {
    example: 'Example',
    chooseExample: 'Choose an example',
    firstManifest: 'The manifest this project began with',
    kubernetes: 'Kubernetes',
    open: 'Open files',
    share: 'Copy link',
    shared: 'The link is copied. It holds the manifest itself.',
    inAddress: 'The link stands in the address bar. It holds the manifest itself.',
    longLink: 'With # characters it is longer than some programs take.',
    unreadableLink: 'The link cannot be read: it was cut, or is of another page.',
    tooLong: 'The text has more than 8 million characters, and is not read.',
    editor: 'Manifests, YAML or JSON',
    editorHelp: 'F8 goes to the next finding.',
    findings: 'Findings',
    pictures: 'Pictures',
    pictureHelp: 'Arrow keys go through the parts, Enter shows the line.',
    line: 'line #',
    fix: 'Fix:',
    suppressed: 'suppressed:',
    omitted: 'not checked:',
    checking: 'Checking …',
    nothing: 'Paste a manifest, or choose an example.',
    noFindings: 'No findings',
    noPods: 'There is no pod in these manifests.',
    lastPicture: 'The picture is that of the last text that could be read.',
    more: '# more findings are not listed.',
    morePods: '# more pods are not drawn.',
    failed: 'The check failed:',
    drop: 'Drop files here',
    counts: { error: 'errors: #', warning: 'warnings: #', info: 'infos: #' },
    severities: { error: 'error', warning: 'warning', info: 'info' },
    inObjects: 'objects: #',
  },
  ko: {
    example: '예제',
    chooseExample: '예제 선택',
    firstManifest: '이 프로젝트가 시작된 매니페스트',
    kubernetes: '쿠버네티스',
    open: '파일 열기',
    share: '링크 복사',
    shared: '링크를 복사했다. 매니페스트는 링크 자체에 담겨 있다.',
    inAddress: '링크는 주소 표시줄에 있다. 매니페스트는 링크 자체에 담겨 있다.',
    longLink: '길이가 #자여서 일부 프로그램에서는 잘릴 수 있다.',
    unreadableLink: '링크를 읽을 수 없다. 링크가 잘렸거나 다른 페이지의 링크이다.',
    tooLong: '텍스트가 800만 자를 넘어 읽지 않는다.',
    editor: '매니페스트(YAML 또는 JSON)',
    editorHelp: 'F8 키를 누르면 다음 문제로 이동한다.',
    findings: '발견된 문제',
    pictures: '그림',
    pictureHelp: '화살표 키로 각 부분을 이동하고, Enter 키로 해당 줄을 표시한다.',
    line: '#번째 줄',
    fix: '해결 방법:',
    suppressed: '예외 처리됨:',
    omitted: '검사하지 않음:',
    checking: '검사하는 중 …',
    nothing: '매니페스트를 붙여 넣거나 예제를 선택한다.',
    noFindings: '발견된 문제 없음',
    noPods: '이 매니페스트에는 파드가 없다.',
    lastPicture: '마지막으로 읽을 수 있었던 텍스트의 그림이다.',
    more: '나머지 #개는 목록에 표시하지 않는다.',
    morePods: '나머지 파드 #개는 그리지 않는다.',
    failed: '검사에 실패했다:',
    drop: '여기에 파일을 놓으면 열린다',
    counts: { error: '오류 #개', warning: '경고 #개', info: '정보 #개' },
    severities: { error: '오류', warning: '경고', info: '정보' },
    inObjects: '오브젝트 #개',
  },
};

/** A text with a number in the place of "#". */
export function fill(text: string, number: number): string {
  return text.replace('#', String(number));
}
