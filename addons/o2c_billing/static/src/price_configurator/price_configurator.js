import {ComboConfiguratorDialog} from "@sale/js/combo_configurator_dialog/combo_configurator_dialog";
import {ProductConfiguratorDialog} from "@sale/js/product_configurator_dialog/product_configurator_dialog";
import {SaleOrderLineProductField} from "@sale/js/sale_product_field";
import {patch} from "@web/core/utils/patch";

/** The configurators of articles and combos ask prices for who buys in this order. */

patch(SaleOrderLineProductField.prototype, {
    get o2cBuyer() {
        const order = this.props.record.model.root.data;
        return {
            o2c_partner_id: order.partner_id?.id,
            o2c_subscription_form_id: order.o2c_subscription_form_id?.id,
        };
    },
    _getAdditionalRpcParams() {
        return {...super._getAdditionalRpcParams(), ...this.o2cBuyer};
    },
    _getAdditionalDialogProps() {
        return {...super._getAdditionalDialogProps(), o2cBuyer: this.o2cBuyer};
    },
});

for (const Dialog of [ProductConfiguratorDialog, ComboConfiguratorDialog]) {
    patch(Dialog, {
        props: {...Dialog.props, o2cBuyer: {type: Object, optional: true}},
    });
    patch(Dialog.prototype, {
        _getAdditionalRpcParams() {
            return {...super._getAdditionalRpcParams(), ...this.props.o2cBuyer};
        },
    });
}

patch(ComboConfiguratorDialog.prototype, {
    _getAdditionalDialogProps() {
        return {...super._getAdditionalDialogProps(), o2cBuyer: this.props.o2cBuyer};
    },
});
