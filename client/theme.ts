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

const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f4f0eb',
  '#ebe5de',
  '#ddd4cb',
  '#968a85',
  '#857a76',
  '#766c69',
  '#5f5558',
  '#443b40',
  '#2b2428',
];

const dark: MantineColorsTuple = [
  '#efe9ec',
  '#d6cdd2',
  '#b0a4aa',
  '#8f838a',
  '#7a6e75',
  '#453c42',
  '#282327',
  '#1f1b1e',
  '#161315',
  '#0f0d0e',
];

export const theme = createTheme({
  colors: { plum, gray, dark },
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
    Avatar: { vars: () => ({ root: { '--avatar-bg': 'var(--accent-soft)', '--avatar-color': 'var(--accent)' } }) },
    Modal: { styles: { title: { fontSize: '1.1875rem', fontWeight: 650, letterSpacing: '-0.01em' } } },
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
