import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMainAction } from '../client/queries';
import { Button } from './button';

const thanksMs = 2_000;

export interface CopyButtonProps {
  readonly text: string;
  /** Its name for screen readers; contains `words`. */
  readonly label: string;
  readonly words?: string;
}

/** Copies a text to the clipboard and confirms it briefly. */
export function CopyButton({ text, label, words = 'Copy' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = useMainAction(async (client) => {
    await client.exports.copyText({ text });
    setCopied(true);
  });
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), thanksMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      look="quiet"
      icon={copied ? Check : Copy}
      aria-label={label}
      title={copy.error?.message}
      onClick={() => copy.run()}
    >
      {copied ? 'Copied' : words}
    </Button>
  );
}
