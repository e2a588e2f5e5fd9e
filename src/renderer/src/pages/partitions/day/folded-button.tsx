import { Button, type ButtonProps } from '../../../components/button';

/** Classes of the button and of its text, by what is beside it: a few buttons, one more, or a text that needs room. */
const folds = {
  few: { button: '@max-[29rem]:w-7 @max-[29rem]:px-0', text: '@max-[29rem]:sr-only' },
  more: { button: '@max-[36rem]:w-7 @max-[36rem]:px-0', text: '@max-[36rem]:sr-only' },
  text: { button: '@max-[42rem]:w-7 @max-[42rem]:px-0', text: '@max-[42rem]:sr-only' },
};

export type Beside = keyof typeof folds;

export interface FoldedButtonProps extends Omit<ButtonProps, 'aria-label' | 'children' | 'className'> {
  readonly beside: Beside;
  readonly title: string;
  readonly children: string;
}

/** A button of a row that only shows its icon where all texts of the row don't fit; the row is the `@container`. */
export function FoldedButton({ beside, children, ...rest }: FoldedButtonProps) {
  const { button, text } = folds[beside];
  return (
    <Button {...rest} className={button}>
      <span className={text}>{children}</span>
    </Button>
  );
}
