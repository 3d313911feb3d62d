export { canonicalQuantity, compareQuantities, parseQuantity, type Quantity } from '../constructs/kube/quantity';
