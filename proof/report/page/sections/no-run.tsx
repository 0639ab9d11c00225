// What stands where a result would: that there is none, and what makes one.
export function NoRun({ words, commands }: { readonly words: string; readonly commands: readonly string[] }) {
  return (
    <div class="callout">
      <p>{words}</p>
      <pre>{commands.join('\n')}</pre>
    </div>
  );
}
