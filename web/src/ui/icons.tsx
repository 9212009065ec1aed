// Every icon of the console, named by what it means here.
import {
  AlarmClock, ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Ban, Bell, Bookmark, Building2, CalendarDays, Check, ChevronDown,
  ChevronRight, CircleAlert, CircleCheck, CircleSlash, CircleX, Clock, CloudOff, Copy, Ellipsis, ExternalLink, Eye,
  FastForward, FileText, Funnel, Globe, HandHelping, House, Inbox, Info, KeyRound, Keyboard, LayoutDashboard,
  ListChecks, LogOut, Mail, MailOpen, MapPin, Merge, MessageCircle, MessageSquare, Moon, MousePointerClick, Palette,
  Pause, PenLine, Phone, Plus, RefreshCw, RotateCcw, Route, Rows3, ScrollText, Search, Send, Settings, ShieldCheck,
  Sparkles, SquareKanban, Star, Sun, Sunrise,
  SunMoon, Tag, Trash2, TriangleAlert, User, UserPlus, Users, Wrench, X, type LucideProps,
} from "lucide-react";
import type { ComponentType } from "react";

export type Icon = ComponentType<LucideProps>;

export const icons = {
  add: Plus,
  addPerson: UserPlus,
  ai: Sparkles,
  apiKey: KeyRound,
  away: Ban,
  back: ArrowLeft,
  bell: Bell,
  board: SquareKanban,
  business: Building2,
  calendar: CalendarDays,
  call: Phone,
  check: Check,
  chevron: ChevronRight,
  click: MousePointerClick,
  clock: Clock,
  close: X,
  copy: Copy,
  dark: Moon,
  dashboard: LayoutDashboard,
  delete: Trash2,
  document: FileText,
  done: CircleCheck,
  down: ChevronDown,
  edit: PenLine,
  email: Mail,
  empty: Inbox,
  external: ExternalLink,
  failed: CircleX,
  favourite: Star,
  filter: Funnel,
  held: Pause,
  home: House,
  info: Info,
  jump: FastForward,
  journeys: Route,
  keyboard: Keyboard,
  language: Globe,
  light: Sun,
  log: ScrollText,
  look: Palette,
  merge: Merge,
  more: Ellipsis,
  next: ArrowRight,
  note: MessageSquare,
  offline: CloudOff,
  open: MailOpen,
  people: Users,
  person: User,
  place: MapPin,
  preview: Eye,
  refresh: RefreshCw,
  reschedule: AlarmClock,
  restore: RotateCcw,
  rows: Rows3,
  search: Search,
  security: ShieldCheck,
  send: Send,
  settings: Settings,
  signOut: LogOut,
  skip: CircleSlash,
  sms: MessageCircle,
  sortDown: ArrowDown,
  sortUp: ArrowUp,
  system: SunMoon,
  tag: Tag,
  tasks: ListChecks,
  view: Bookmark,
  today: Sunrise,
  warning: TriangleAlert,
  attention: CircleAlert,
  whatsapp: MessageCircle,
  work: Wrench,
  yes: HandHelping,
} satisfies Record<string, Icon>;

export type IconName = keyof typeof icons;

interface Props {
  name: IconName;
  size?: number;
  className?: string;
}

/** An icon beside words; it says nothing by itself to a screen reader. */
export function Glyph({ name, size = 16, className }: Props) {
  const Shape = icons[name];
  return <Shape size={size} strokeWidth={1.75} aria-hidden focusable={false} className={className} />;
}
