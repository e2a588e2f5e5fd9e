import { createContext, use, useMemo, type ReactNode } from 'react';
import type { Settings } from '../../../contract/settings';
import { defaultFormats, formatsOf } from './formats';

const FormatsContext = createContext(defaultFormats);

/** The formats of the user's settings; the default ones until the settings are known. */
export const useFormats = () => use(FormatsContext);

/** Provides the formats of the settings to everything within. */
export function FormatsProvider({
  settings: { numberFormat, dateFormat },
  children,
}: {
  settings: Settings;
  children: ReactNode;
}) {
  const formats = useMemo(() => formatsOf({ numberFormat, dateFormat }), [numberFormat, dateFormat]);
  return <FormatsContext value={formats}>{children}</FormatsContext>;
}
