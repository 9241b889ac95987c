export { renderMermaid } from './render-mermaid';
export { createScenes } from './scene/create-scenes';
export type { GivenFinding } from './scene/findings';
export type { FindingScene, PodScene, SceneElement } from './scene/pod-scene';
export { renderSvg, type SvgOptions } from './svg/render-svg';
export { renderText, type TextOptions } from './text/render-text';
