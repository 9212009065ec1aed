import {
  createTheme,
  type CSSVariablesResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from "@mantine/core";

/** The painted door. */
const door: MantineColorsTuple = [
  "#e9f4f1",
  "#cfe6e0",
  "#a3cfc5",
  "#73b6a8",
  "#4a9f8e",
  "#2b8877",
  "#177263",
  "#0e5d51",
  "#0b4a41",
  "#083831",
];

/** The stone around it: neutrals with a breath of green. */
const gray: MantineColorsTuple = [
  "#f7f8f6",
  "#eff1ee",
  "#e4e8e3",
  "#d5dbd4",
  "#bac3bb",
  "#7d8a83",
  "#626f68",
  "#4d5a54",
  "#35403b",
  "#17211d",
];

const dark: MantineColorsTuple = [
  "#e4ebe7",
  "#c3cec8",
  "#92a099",
  "#6b7873",
  "#3a4742",
  "#26312d",
  "#1b2421",
  "#141b19",
  "#101614",
  "#0a0f0e",
];

export const colorSchemeManager = localStorageColorSchemeManager({ key: "doorstep-color-scheme" });

export const theme = createTheme({
  colors: { door, gray, dark },
  primaryColor: "door",
  primaryShade: { light: 7, dark: 6 },
  black: "#17211d",
  fontFamily: "var(--text)",
  headings: { fontFamily: "var(--display)" },
  fontSizes: { xs: "0.78125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "18px" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "lg" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 320 } },
    // The first item gets the focus itself: a placeholder for it would be a child that no menu may have.
    Menu: { defaultProps: { shadow: "md", position: "bottom-end", withinPortal: true, withInitialFocusPlaceholder: false } },
    Drawer: { defaultProps: { position: "right", padding: "lg" } },
    Modal: { defaultProps: { centered: true, padding: "lg" } },
    TextInput: { defaultProps: { size: "sm" } },
    Textarea: { defaultProps: { size: "sm", autosize: true, minRows: 3 } },
  },
});

/** Where Mantine's own choices would fall short of our tokens or of contrast. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "var(--sheet)",
    "--mantine-color-dimmed": "var(--ink-3)",
    "--mantine-color-placeholder": "#6b7871",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-anchor": "var(--door)",
  },
  dark: {
    "--mantine-color-body": "var(--sheet)",
    "--mantine-color-dimmed": "var(--ink-3)",
    "--mantine-color-placeholder": "#84918b",
    "--mantine-color-door-light": "var(--door-soft)",
    "--mantine-color-door-light-hover": "color-mix(in oklab, var(--door-soft), var(--door) 12%)",
    "--mantine-color-door-light-color": "var(--door)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-anchor": "var(--door)",
  },
});
