import { Button, type ButtonProps } from '../../../components/button';

export interface FoldedButtonProps extends Omit<ButtonProps, 'aria-label' | 'children'> {
  readonly title: string;
  readonly children: string;
}

/** A button of a row that only shows its icon where all texts of the row don't fit; the row is the `@container`. */
export function FoldedButton({ children, ...rest }: FoldedButtonProps) {
  return (
    <Button {...rest} className="@max-[34rem]:w-7 @max-[34rem]:px-0">
      <span className="@max-[34rem]:sr-only">{children}</span>
    </Button>
  );
}
