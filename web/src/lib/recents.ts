// The people opened last on this device, for the palette.
export interface Recent {
  id: string;
  name: string;
}

const key = "doorstep-recent-people";
const most = 6;

export function recentPeople(): Recent[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(list) ? (list as Recent[]) : [];
  } catch {
    return [];
  }
}

export function rememberPerson(person: Recent): void {
  const rest = recentPeople().filter(({ id }) => id !== person.id);
  localStorage.setItem(key, JSON.stringify([{ id: person.id, name: person.name }, ...rest].slice(0, most)));
}

export const forgetPeople = (): void => localStorage.removeItem(key);
