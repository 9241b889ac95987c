/** Whether an image is named by a digest or by a tag other than `latest`, so that the node may keep it. */
export function isPinned(image: string): boolean {
  const [name, digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(name ?? '')?.[1];
  return digest !== undefined || (tag !== undefined && tag !== 'latest');
}
