import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Trouble } from './Trouble.tsx';

type Props = { name: string; children: ReactNode };

/** Keeps what breaks in one pane from taking the rest of the page along. */
export class PaneBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(`The ${this.props.name} broke`, error, info.componentStack);
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <Trouble
        what={`This ${this.props.name}`}
        error={this.state.error}
        onRetry={() => this.setState({ error: undefined })}
      />
    );
  }
}
