// A picture as a part of a page: its styles stand once in a style sheet of the site, which follows the theme of the site.
import { renderSvg } from 'library/picture/index.js';

const STYLE = /<style>([\s\S]*?)<\/style>\n?/;

/** The picture without its style sheet, and without the list of findings, which stands beside it. */
export function renderInlineSvg(scene, idPrefix) {
  return renderSvg(scene, { idPrefix, listsFindings: false }).replace(STYLE, '');
}
