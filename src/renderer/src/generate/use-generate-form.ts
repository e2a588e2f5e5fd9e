import { useState } from 'react';
import type { GenerationRequest } from '../../../contract/generation';
import { type TextField } from './form-fields';
import { formOf, readForm, type FormErrors, type GenerateForm } from './generate-form';
import { useFormats } from '../format/use-formats';

/** The state of the form: errors appear on submit and disappear once corrected. */
export function useGenerateForm(first: GenerationRequest) {
  const formats = useFormats();
  // Later suggestions must not overwrite typed values.
  const [form, setForm] = useState(() => formOf(first, formats));
  const [errors, setErrors] = useState<FormErrors>({});

  const change = (part: Partial<GenerateForm>) => {
    const next = { ...form, ...part };
    setForm(next);
    const left = readForm(next, formats).errors ?? {};
    setErrors((shown) => Object.fromEntries(Object.entries(left).filter(([field]) => field in shown)));
  };
  return {
    form,
    errors,
    change,
    /** The request in the form; null while something is invalid. */
    request: readForm(form, formats).request ?? null,
    /** Shows all errors, and returns the first field that has one. */
    complain: (): string | null => {
      const wrong = readForm(form, formats).errors ?? {};
      setErrors(wrong);
      return Object.keys(wrong)[0] ?? null;
    },
    /** Props of an input of the form. */
    field: (name: TextField) => ({
      name,
      value: form[name],
      error: errors[name],
      onChange: (value: string) => change({ [name]: value }),
    }),
  };
}

export type GenerateFormState = ReturnType<typeof useGenerateForm>;
