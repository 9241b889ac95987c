/** Names each block of code, as it can be scrolled and is a place of the page then. */
export function codeLabels() {
  return {
    name: 'code-labels',
    hooks: {
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const pre = find(renderData.blockAst, 'pre');
        const number = codeBlock.parentDocument?.positionInDocument?.groupIndex ?? 0;
        Object.assign(pre.properties, {
          tabindex: '0',
          role: 'region',
          ariaLabel: `${codeBlock.props.title || codeBlock.language} ${number + 1}`,
        });
      },
    },
  };
}

function find(node, name) {
  return node.tagName === name ? node : node.children?.map((child) => find(child, name)).find(Boolean);
}
