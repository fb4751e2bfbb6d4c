import { Component, type ErrorInfo, type ReactNode } from 'react';
import { type Loaded, Trouble } from './Trouble.tsx';

/** `at` is what is shown: something else is worth another try. */
type Pane = Loaded extends infer What ? (What extends `This ${infer Name}` ? Name : never) : never;
type Props = { name: Pane; at: string; children: ReactNode };
type State = { error: unknown; at: string };

/** Keeps what breaks in one pane from taking the rest of the page along. */
export class PaneBoundary extends Component<Props, State> {
  override state: State = { error: undefined, at: this.props.at };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps({ at }: Props, state: State) {
    return at === state.at ? null : { error: undefined, at };
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
