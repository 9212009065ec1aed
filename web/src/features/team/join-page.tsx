import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import type { InvitationOffer } from "@/api/types.gen";
import { fieldErrors, validators } from "@/lib/form";
import { ApiError, call, isApiError } from "@/lib/http";
import { rich, t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { BrandMark } from "@/ui/brand";
import { LanguageSwitch } from "@/ui/language-switch";
import { reasonOf } from "@/ui/reason";
import { Empty, Stated } from "@/ui/states";
import { offerOptions } from "./api";
import classes from "./team.module.css";

/** Where an invitation's letter leads. */
export function JoinPage() {
  const { token = "" } = useParams();
  const query = useQuery(offerOptions(token));
  useEffect(() => {
    document.title = t("app.window_title", { page: t("join.title") });
  }, []);
  const dead = isApiError(query.error, 404) || isApiError(query.error, 410);
  return (
    <main className={classes.join}>
      <div className={classes.card}>
        <BrandMark size={40} />
        {dead ? (
          <Empty whole icon="attention" title={t("join.dead")}>
            {t("join.dead_words")}
          </Empty>
        ) : (
          <Stated query={query} failed={t("join.load_failed")}>
            {(offer) => <JoinForm offer={offer} token={token} />}
          </Stated>
        )}
      </div>
      <LanguageSwitch />
    </main>
  );
}

function JoinForm({ offer, token }: { offer: InvitationOffer; token: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const form = useForm({ initialValues: { name: offer.name, password: "" }, validate: validators("InvitationAcceptance") });
  const join = async (body: typeof form.values) => {
    setBusy(true);
    setError(null);
    try {
      await call("accept_invitation", { path: { token }, body }, { anonymous: true });
      client.clear();
      await navigate(paths.console, { replace: true });
    } catch (reason) {
      const fields = fieldErrors(reason);
      if (Object.keys(fields).length) form.setErrors(fields);
      else setError(reason instanceof ApiError ? reason : new ApiError(0));
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => void join(values))}>
      <h1>{t("join.heading", { account: offer.account_name })}</h1>
      <p>{rich("join.words", { inviter: offer.invited_by, role: label("role", offer.role), email: <strong>{offer.email}</strong> })}</p>
      {error && (
        <p role="alert" className={classes.error}>
          {reasonOf(error)}{" "}
          {error.code === "sign_in_first" && <Link to={`${paths.login}?next=${encodeURIComponent(paths.join(token))}`}>{t("session.sign_in")}</Link>}
        </p>
      )}
      <TextInput label={t("join.name")} autoComplete="name" size="md" {...form.getInputProps("name")} />
      <PasswordInput
        label={t("join.password")}
        description={t("join.password_hint")}
        autoComplete="new-password"
        size="md"
        visibilityToggleButtonProps={{ "aria-label": t("session.show_password") }}
        {...form.getInputProps("password")}
      />
      <Button type="submit" size="md" fullWidth loading={busy}>
        {t("join.submit")}
      </Button>
    </form>
  );
}
