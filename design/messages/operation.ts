export const operationMessages = {} as const;
