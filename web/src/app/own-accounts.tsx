import { Menu } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { stopActing } from "@/lib/acting";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { forgetQueries } from "@/lib/kept-queries";
import { keys } from "@/lib/keys";
import { paths } from "@/lib/paths";
import { forgetPeople } from "@/lib/recents";
import { Glyph } from "@/ui/icons";
import { toastError } from "@/ui/toast";

/** The other accounts of somebody who is a member of several. Everything is loaded anew in the one that is entered. */
export function OwnAccounts() {
  const client = useQueryClient();
  const accounts = useQuery({ queryKey: keys.ownAccounts, queryFn: ({ signal }) => call("list_own_accounts", {}, { signal }) });
  const enter = useMutation({
    mutationFn: (account: { id: string; name: string }) => call("switch_account", { body: { account_id: account.id } }),
    onSuccess: () => {
      forgetQueries(client);
      forgetPeople();
      stopActing();
      window.location.assign(paths.console);
    },
    onError: (error, account) => toastError(t("accounts.not_entered", { name: account.name }), error),
  });
  const items = accounts.data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("accounts.title")}</Menu.Label>
      {items.map((account) => (
        <Menu.Item
          key={account.id}
          leftSection={<Glyph name="home" />}
          rightSection={account.current ? <Glyph name="check" /> : undefined}
          disabled={account.current || enter.isPending}
          onClick={() => enter.mutate(account)}
        >
          {account.name}
        </Menu.Item>
      ))}
    </>
  );
}
