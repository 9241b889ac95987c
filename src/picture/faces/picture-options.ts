/** The form of a picture. */
export enum PictureFormat {
  /** A drawing, light or dark as the reader prefers: `Deployment.web.svg`. */
  SVG = 'svg',
  /** A flowchart that GitHub draws in Markdown: `Deployment.web.mmd`. */
  MERMAID = 'mermaid',
  /** Text in frames, 80 columns wide: `Deployment.web.txt`. */
  TEXT = 'text',
}

/** Options of pictures. */
export interface PodPictureOptions {
  /**
   * Whether what the rules have against the pod is shown at its place.
   *
   * @default true
   */
  readonly findings?: boolean;
}

/** Options of pictures beside manifests. */
export interface WritePicturesOptions extends PodPictureOptions {
  /**
   * The form of the pictures.
   *
   * @default PictureFormat.SVG
   */
  readonly format?: PictureFormat;
}
