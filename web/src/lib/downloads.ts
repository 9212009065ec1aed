import { actingAccount } from "./acting";
import { fetchFile } from "./http";

/** A link can't say for which business it is meant: while somebody acts in one, what a link would save is fetched as every
 *  request is, and saved from here. So is what the server may refuse (`data-fetched`): the browser's own download could not say why. */
export function startDownloads(failed: (error: unknown) => void): () => void {
  const onClick = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[download][href^="/api/"]');
    if (!link || !(actingAccount() || "fetched" in link.dataset)) return;
    event.preventDefault();
    void save(link).catch(failed);
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}

async function save(link: HTMLAnchorElement): Promise<void> {
  const { blob, name } = await fetchFile(link.getAttribute("href") ?? "");
  const copy = document.createElement("a");
  copy.href = URL.createObjectURL(blob);
  copy.download = link.download || name;
  copy.click();
  setTimeout(() => URL.revokeObjectURL(copy.href), 60_000);
}
