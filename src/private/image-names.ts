/** Whether an image is named by a digest or by a tag other than `latest`, so that the node may keep it. */
export function isPinned(image: string): boolean {
  const tag = /:([^/:@]+)(@.*)?$/.exec(image)?.[1];
  return image.includes('@') || (tag !== undefined && tag !== 'latest');
}
