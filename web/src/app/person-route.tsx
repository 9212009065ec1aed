import { useParams } from "react-router";
import { ClientEmails } from "@/features/emails/client-emails";
import { ClientReceived } from "@/features/emails/client-received";
import { Compose } from "@/features/emails/compose";
import { ClientJourneys } from "@/features/journeys/client-journeys";
import { PersonPage } from "@/features/people/person-page";
import { ClientTasks } from "@/features/tasks/client-tasks";
import { NewTaskDrawer } from "@/features/tasks/new-task";
import { useDrawer } from "@/ui/side-drawer";

/** The person's page, with what the other features know about the person. */
export function PersonRoute() {
  const { id = "" } = useParams();
  const compose = useDrawer("compose");
  const task = useDrawer("task");
  return (
    <PersonPage
      key={id}
      id={id}
      onCompose={() => compose.open()}
      onNewTask={() => task.open()}
      tasks={(client) => (
        <>
          <ClientJourneys client={client} />
          <ClientTasks client={client} onNew={() => task.open()} />
          <NewTaskDrawer opened={task.opened} onClose={task.close} client={client} />
        </>
      )}
      emails={(client) => (
        <>
          <ClientEmails client={client} onCompose={() => compose.open()} />
          <ClientReceived client={client} />
          <Compose client={client} opened={compose.opened} answers={compose.value === "1" ? null : compose.value} onClose={compose.close} />
        </>
      )}
    />
  );
}
