import { ReceivedPage } from "@/features/emails/received-page";
import { NewPerson } from "@/features/people/new-person";

/** The e-mails that came in; a sender who is new is added with the form of the people. */
export const ReceivedRoute = () => (
  <ReceivedPage
    addSender={({ from_name: name, from_email: email }, onClose) => (
      <NewPerson opened known={{ name, email }} onClose={onClose} onCreated={onClose} />
    )}
  />
);
