import { useQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { useSession } from "@/lib/session";
import { Stated } from "@/ui/states";
import { factorsOptions } from "./api";
import { AppCodes } from "./app-codes";
import { ChangeEmail } from "./change-email";
import { ChangePassword } from "./change-password";
import { Devices } from "./devices";
import { Passkeys } from "./passkeys";
import { ProofDialog } from "./proof-dialog";
import classes from "./security.module.css";
import { Sessions } from "./sessions";

/** What protects the account of the one who is signed in. */
export function SecurityPage() {
  const factors = useQuery(factorsOptions);
  const session = useSession();
  return (
    <div className={classes.parts}>
      {session && <ChangeEmail email={session.user.email} />}
      <ChangePassword />
      <Stated query={factors} failed={t("security.load_failed")}>
        {(found) => (
          <div className={classes.parts}>
            <AppCodes factors={found} />
            <Passkeys passkeys={found.passkeys} />
          </div>
        )}
      </Stated>
      <Sessions />
      <Devices />
      <ProofDialog />
    </div>
  );
}
