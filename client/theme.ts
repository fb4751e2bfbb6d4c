import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The product's own colour. Green belongs to WhatsApp, yellow to notes. */
const plum: MantineColorsTuple = [
  '#fbf2f7',
  '#f4e1ec',
  '#e7c2d8',
  '#d99dc0',
  '#cc7daa',
  '#b35c8e',
  '#984473',
  '#7c2f5c',
  '#652549',
  '#4a1935',
];

export const theme = createTheme({
  colors: { plum },
  primaryColor: 'plum',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "ui-sans-serif, -apple-system, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', Arial, sans-serif",
  headings: { fontWeight: '650' },
  components: {
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
  },
});

/** Mantine's own colours, taken from the product's (theme.css), which know light and dark themselves. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: colors, dark: colors });

const colors = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--dim)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-hover': 'var(--accent-soft)',
  '--mantine-color-placeholder': 'var(--dim)',
  '--mantine-color-anchor': 'var(--accent)',
};
