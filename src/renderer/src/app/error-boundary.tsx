import { Component, type ReactNode } from 'react';
import { toAppError } from '../../../contract/app-error';
import { ErrorNotice } from '../components/error-notice';

/** Keeps a defect of one page from breaking the window. Another `key` resets it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="p-6">
        <ErrorNotice error={toAppError(this.state.error).toReport()} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
