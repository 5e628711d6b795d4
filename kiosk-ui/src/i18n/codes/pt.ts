import type { CodeWords } from './code-words.ts';

const RESTARTING = 'Ela está reiniciando; pressione de novo.';
const CHOOSE = 'Escolha uma imagem PNG ou JPEG.';
const CLINICAL = 'Avaliação clínica necessária.';

export const PT_CODES: CodeWords = {
  reasons: {
    'too-small': {
      message: 'A imagem é pequena demais para avaliar.',
      cure: 'Use uma imagem de pelo menos 100\u00a0×\u00a0100 pixels.',
    },
    damaged: {
      message: 'A imagem está danificada.',
      cure: 'Pressione de novo; se persistir, verifique a câmera e o cabo.',
    },
    'too-dark': { message: 'Escura demais.', cure: 'Ligue a luz do dermatoscópio e pressione de novo.' },
    'too-bright': { message: 'Clara demais.', cure: 'Reduza a luz ou a exposição e pressione de novo.' },
    'no-detail': {
      message: 'A imagem mostra apenas uma superfície uniforme.',
      cure: 'Coloque o dermatoscópio sobre a lesão e pressione de novo.',
    },
    'too-blurred': {
      message: 'Borrada demais.',
      cure: 'Não se mova, foque a lesão e pressione de novo.',
    },
    moved: { message: 'A imagem tremeu.', cure: 'Segure o dermatoscópio firme e pressione de novo.' },
    'no-lesion': {
      message: 'Nenhuma lesão encontrada: aponte de novo.',
      cure: 'Coloque o dermatoscópio sobre a lesão, preencha o anel com ela e pressione de novo.',
    },
    hair: { message: 'Pelos cobrem a lesão.', cure: 'Afaste ou molhe os pelos e pressione de novo.' },
    glare: {
      message: 'Reflexos encobrem a lesão.',
      cure: 'Use mais gel ou incline o dermatoscópio e pressione de novo.',
    },
    ink: {
      message: 'Há tinta ou um marcador na imagem.',
      cure: 'Limpe-a ou retire-o e pressione de novo.',
    },
    'lesion-cut': {
      message: 'A lesão ultrapassa a borda da imagem.',
      cure: 'Centralize a lesão no anel e pressione de novo.',
    },
    'lesion-blurred': {
      message: 'A própria lesão está fora de foco.',
      cure: 'Foque a lesão, não a pele em volta, e pressione de novo.',
    },
    'lesion-small': {
      message: 'A lesão está pequena demais na imagem.',
      cure: 'Aproxime até que ela ocupe mais do anel e pressione de novo.',
    },
    'not-finite': { message: 'O modelo não forneceu valores utilizáveis.', cure: CLINICAL },
    'not-a-lesion': {
      message: 'Isto não parece uma lesão de pele.',
      cure: 'Coloque o dermatoscópio sobre a lesão, preencha o anel com ela e pressione de novo.',
    },
    'unlike-training': {
      message: 'Não se parece com as imagens usadas para treinar o modelo.',
      cure: 'Verifique lente, luz e enquadramento e pressione de novo; se persistir, é necessária avaliação clínica.',
    },
    unsure: { message: 'O modelo não tem certeza.', cure: CLINICAL },
    'contra-indicated': {
      message: 'O modelo não deve ser usado em uma lesão assim.',
      cure: CLINICAL,
    },
    'camera/lost': {
      message: 'Sem câmera.',
      cure: 'Verifique se a câmera está conectada; ela se reconecta automaticamente.',
    },
    'camera/stalled': {
      message: 'A câmera parou de enviar imagens.',
      cure: 'Ela está reiniciando; aguarde ou reconecte-a.',
    },
    'camera/timeout': {
      message: 'Nenhuma imagem nova chegou da câmera.',
      cure: 'Verifique a câmera e pressione de novo.',
    },
    'model/none': {
      message: 'Sem modelo: sem probabilidade.',
      cure: 'Execute “kiosk doctor” e instale um pacote de modelo válido; ele é carregado automaticamente.',
    },
    'model/loading': {
      message: 'O modelo ainda está carregando.',
      cure: 'Aguarde alguns segundos e pressione de novo.',
    },
    'inference/died': { message: 'A análise parou inesperadamente.', cure: RESTARTING },
    'inference/timeout': { message: 'A análise demorou demais e foi interrompida.', cure: RESTARTING },
    'inference/failed': {
      message: 'A análise falhou.',
      cure: 'Pressione de novo; se persistir, execute “kiosk doctor”.',
    },
    'picture/empty': { message: 'O arquivo está vazio.', cure: CHOOSE },
    'picture/missing': {
      message: 'Nenhuma imagem foi enviada.',
      cure: 'Escolha uma imagem PNG ou JPEG e envie-a no campo “file”.',
    },
    'picture/unsupported': { message: 'Não é uma imagem PNG nem JPEG.', cure: CHOOSE },
    'picture/broken': {
      message: 'A imagem está danificada ou incompleta.',
      cure: 'Salve ou envie de novo, ou escolha outra.',
    },
    'picture/too-many-pixels': {
      message: 'A imagem tem pixels demais.',
      cure: 'Use uma imagem de no máximo 25 megapixels.',
    },
    'picture/too-large': {
      message: 'O arquivo é grande demais.',
      cure: 'Use um arquivo de no máximo 20 MB.',
    },
    'picture/not-kept': {
      message: 'Este equipamento não guarda imagens.',
      cure: 'Defina KIOSK_RETENTION como ask ou always.',
    },
    'picture/no-room': {
      message: 'Não há espaço para guardar a imagem.',
      cure: 'Libere espaço no disco de dados; o resultado em si está registrado.',
    },
    'picture/key-lost': {
      message: 'A chave das imagens guardadas está ausente ou incorreta.',
      cure: 'Restaure o arquivo da chave; sem ele as imagens não podem ser lidas.',
    },
    'picture/kept-damaged': {
      message: 'A imagem guardada está danificada ou foi alterada.',
      cure: 'Apague-a; o resultado permanece no histórico.',
    },
    'session/busy': { message: 'Há uma captura em andamento.', cure: 'Aguarde o fim e tente de novo.' },
    'session/repeated-press': {
      message: 'Pressionado duas vezes: só a primeira conta.',
      cure: 'Para outra captura, aguarde meio segundo e pressione uma vez.',
    },
    'session/aborted': {
      message: 'A sessão foi interrompida antes de ter um resultado.',
      cure: 'Pressione de novo.',
    },
    'session/timeout': { message: 'A sessão demorou demais e foi interrompida.', cure: 'Pressione de novo.' },
    'session/unknown': { message: 'Essa sessão não existe.', cure: 'Procure a sessão no histórico.' },
    'session/not-assessable': {
      message: 'Essa sessão não tem um resultado para avaliar.',
      cure: 'Escolha uma sessão com resultado ou “Sem conclusão”.',
    },
    'session/picture-gone': {
      message: 'A imagem desta sessão não está mais guardada.',
      cure: 'As imagens são apagadas ao fechar o resultado ou no fim do prazo.',
    },
    'reference/invalid': {
      message: 'Esta não é uma referência de paciente válida.',
      cure: 'Leia o código de barras novamente ou verifique o que foi digitado.',
    },
    'reference/taken': {
      message: 'Outro paciente tem esta referência.',
      cure: 'Verifique o que foi digitado; se for a mesma pessoa, una os dois.',
    },
    'reference/unknown': {
      message: 'Nenhum paciente tem esta referência.',
      cure: 'Verifique o que foi digitado.',
    },
    'reference/none': {
      message: 'Nenhum paciente está selecionado.',
      cure: 'Primeiro leia ou digite a referência.',
    },
    'lesion/unknown': {
      message: 'Este paciente não tem essa lesão.',
      cure: 'Escolha uma da lista ou adicione-a.',
    },
    'lesion/closed': {
      message: 'Esta lesão está encerrada.',
      cure: 'Reabra-a antes na página dela.',
    },
    'lesion/contra-indicated': {
      message: 'O equipamento não deve ser usado nesta lesão.',
      cure: CLINICAL,
    },
    'overview/under-way': {
      message: 'Uma imagem panorâmica está sendo feita.',
      cure: 'Salve-a ou cancele-a primeiro.',
    },
    'overview/gone': {
      message: 'Esta imagem panorâmica não está mais disponível.',
      cure: 'Faça-a de novo. Uma imagem não salva é descartada ao trocar de paciente ou se não houver ninguém.',
    },
    'comparison/other-lesion': {
      message: 'Estas duas capturas não são da mesma lesão.',
      cure: 'Escolha capturas do histórico de uma só lesão.',
    },
    'comparison/failed': {
      message: 'Não foi possível comparar as duas capturas.',
      cure: 'Tente de novo; se persistir, consulte o log do sistema.',
    },
    'rescore/same-model': {
      message: 'O último resultado desta sessão já é do modelo atual.',
      cure: 'Não é preciso fazer nada.',
    },
    'export/none': {
      message: 'Nenhuma pasta de exportação está configurada neste equipamento.',
      cure: 'Defina KIOSK_EXPORT_DIR como a pasta onde o pen drive é montado.',
    },
    'export/nothing': {
      message: 'Não há nada para exportar: nenhuma sessão corresponde.',
      cure: 'Escolha outras datas ou altere o filtro.',
    },
    'export/no-medium': {
      message: 'Nenhum pen drive encontrado.',
      cure: 'Conecte-o, espere alguns segundos e tente de novo.',
    },
    'export/failed': {
      message: 'Não foi possível salvar a exportação; nenhum arquivo incompleto ficou.',
      cure: 'Libere espaço no pen drive ou use outro.',
    },
    'drive/none': {
      message: 'Este equipamento não tem uma pasta configurada para imagens de um pen drive.',
      cure: 'Defina KIOSK_UPLOAD_DIR como a pasta onde o pen drive é montado.',
    },
    'drive/no-medium': {
      message: 'Nenhum pen drive encontrado.',
      cure: 'Conecte-o, espere alguns segundos e procure de novo.',
    },
    'drive/no-pictures': {
      message: 'Não há nenhuma imagem PNG ou JPEG no pen drive.',
      cure: 'Copie imagens para ele, em até três níveis de pastas, e procure de novo.',
    },
    'drive/unreadable': {
      message: 'Não é possível ler o pen drive.',
      cure: 'Desconecte-o e conecte-o de novo, ou use outro.',
    },
    'drive/changed': {
      message: 'O pen drive foi trocado ou retirado.',
      cure: 'Procure imagens de novo.',
    },
    'drive/own-screen': {
      message: 'O pen drive só pode ser usado na tela do próprio equipamento.',
      cure: 'Em vez disso, envie um arquivo deste aparelho.',
    },
    'store/full': {
      message: 'Disco cheio: nada pode ser registrado.',
      cure: 'Libere espaço no disco de dados; o equipamento se recupera automaticamente.',
    },
    'store/read-only': {
      message: 'Disco somente leitura: nada pode ser registrado.',
      cure: 'Verifique o disco de dados e suas permissões.',
    },
    'store/failed': {
      message: 'A sessão não pôde ser registrada.',
      cure: 'Verifique o disco de dados e execute “kiosk doctor”.',
    },
    'settings/locked': { message: 'As configurações estão bloqueadas.', cure: 'Desbloqueie-as com o PIN.' },
    'settings/pinned': {
      message: 'Esta configuração é fixada pela instalação.',
      cure: 'Altere a variável na instalação ou na frota.',
    },
    'operator/locked': {
      message: 'Bloqueado.',
      cure: 'Leia seu crachá ou digite seu PIN.',
    },
    'operator/unknown': {
      message: 'Esta pessoa não está cadastrada.',
      cure: 'Escolha outra ou fale com o suporte técnico.',
    },
    'operator/taken': {
      message: 'Outra pessoa já tem este nome ou este crachá.',
      cure: 'Escolha outro nome ou outro crachá.',
    },
    'badge/unknown': {
      message: 'Este crachá não é reconhecido.',
      cure: 'Leia-o de novo ou digite seu PIN.',
    },
    'badge/unusable': {
      message: 'Este código não pode ser um crachá.',
      cure: 'Use um crachá de 6 a 80 caracteres com o prefixo esperado.',
    },
    'pin/wrong': { message: 'PIN incorreto.', cure: 'Tente novamente.' },
    'pin/wait': { message: 'Muitos PINs incorretos.', cure: 'Espere e tente novamente.' },
    'pin/weak': {
      message: 'Este PIN é fácil de adivinhar.',
      cure: 'Use de 6 a 12 dígitos (PIN pessoal: de 4 a 12), sem sequência, repetição, ano nem data.',
    },
    'pin/own-screen': {
      message: 'O primeiro PIN deve ser definido na tela do próprio equipamento.',
      cure: 'Abra as configurações lá.',
    },
    'practice/on': {
      message: 'Alguém está treinando no equipamento.',
      cure: 'Encerre antes o treino na tela do próprio equipamento.',
    },
    'request/refused': {
      message: 'A solicitação não é permitida.',
      cure: 'Abra a tela no endereço do próprio equipamento ou ajuste KIOSK_ALLOWED_HOSTS.',
    },
    'request/invalid': {
      message: 'A solicitação é inválida.',
      cure: 'Verifique o endereço e os campos enviados.',
    },
    'request/too-many': {
      message: 'Muitas solicitações em pouco tempo.',
      cure: 'Aguarde um momento e tente de novo.',
    },
    'request/not-found': { message: 'Não há nada neste endereço.', cure: 'Verifique o endereço.' },
    'internal/error': {
      message: 'Ocorreu um erro interno.',
      cure: 'Pressione de novo; os detalhes estão no log do sistema.',
    },
  },
  board: {
    'under-voltage': {
      message: 'A tensão de alimentação está baixa demais.',
      cure: 'Use a fonte original da placa e um cabo curto e grosso.',
    },
    hot: {
      message: 'A placa está quente demais.',
      cure: 'Desobstrua a ventilação ou use um dissipador ou ventilador.',
    },
    throttled: {
      message: 'O processador reduziu a velocidade.',
      cure: 'Verifique a alimentação e a refrigeração.',
    },
  },
  checks: {
    camera: 'Câmera',
    picture: 'Imagem',
    colour: 'Cor',
    button: 'Botão',
    lamp: 'Lâmpada',
    model: 'Modelo',
    engine: 'Motor',
    disk: 'Disco',
    memory: 'Memória',
    clock: 'Relógio',
    power: 'Alimentação',
    heat: 'Temperatura',
    board: 'Placa',
    versions: 'Versões',
  },
  cures: {
    'camera-slow': 'Escolha uma imagem menor ou verifique alimentação, temperatura e outros programas.',
    'not-calibrated': 'Calibre a câmera com um cartão branco.',
    'no-white-card': 'Coloque a lente sobre o cartão branco e teste de novo.',
    'colour-cast': 'Limpe a lente e a luz; se persistir, calibre com o cartão branco.',
    'button-stuck': 'Solte-o. Até lá, use o botão na tela.',
    'button-missing': 'Até lá, use o botão na tela.',
    'lamp-failed': 'Verifique a fiação ou defina KIOSK_LAMP=none.',
    'model-loading': 'Espere alguns segundos e teste de novo.',
    'model-none': 'Instale um pacote de modelo válido ou indique um com KIOSK_MODEL.',
    'disk-full': 'Libere espaço no disco de dados.',
    'memory-short': 'Feche outros programas ou reinicie a placa.',
    'clock-unset': 'Conecte a placa a uma fonte de hora ou instale uma bateria de relógio.',
  },
  noPress: {
    message: 'Nenhum acionamento do botão foi detectado.',
    cure: 'Verifique a fiação do botão e o ajuste KIOSK_BUTTON.',
  },
  classes: {
    akiec: 'Ceratose actínica / doença de Bowen',
    bcc: 'Carcinoma basocelular',
    bkl: 'Ceratose benigna',
    df: 'Dermatofibroma',
    mel: 'Melanoma',
    nv: 'Nevo melanocítico',
    vasc: 'Lesão vascular',
  },
  tags: {
    akiec: 'pré-maligna ou carcinoma in situ',
    bcc: 'câncer',
    df: 'benigno',
    mel: 'câncer',
    nv: 'benigno',
    vasc: 'benigna',
  },
  sites: {
    chest: 'Peito',
    abdomen: 'Abdômen',
    'upper-arm-front': 'Braço, face anterior',
    'forearm-front': 'Antebraço, face anterior',
    'thigh-front': 'Coxa, face anterior',
    shin: 'Perna, face anterior',
    'upper-back': 'Parte superior das costas',
    'lower-back': 'Região lombar',
    buttock: 'Nádega',
    'upper-arm-back': 'Braço, face posterior',
    'forearm-back': 'Antebraço, face posterior',
    'thigh-back': 'Coxa, face posterior',
    calf: 'Panturrilha',
    eye: 'Região periocular',
    ear: 'Orelha',
    cheek: 'Bochecha',
    'hand-back': 'Dorso da mão',
    'fingers-back': 'Dedos da mão, dorso',
    palm: 'Palma',
    'fingers-palm': 'Dedos da mão, face palmar',
    'foot-top': 'Dorso do pé',
    toes: 'Dedos do pé',
    sole: 'Planta do pé',
    heel: 'Calcanhar',
    scalp: 'Couro cabeludo',
    forehead: 'Testa',
    nose: 'Nariz',
    mouth: 'Boca e queixo',
    neck: 'Pescoço',
    'scalp-back': 'Região occipital',
    nape: 'Nuca',
  },
  contraIndications: {
    'special-site': 'Em unha, mucosa, pálpebra ou genitais',
    ulceration: 'Ulcerada',
    bleeding: 'Com sangramento',
    ulcerated: 'Ulcerada ou com sangramento',
    hidden: 'Oculta por pelos, tinta, tatuagem ou cicatriz',
    'too-large': 'Maior que o campo de visão',
    'dark-skin': 'Pele escura (fototipo V ou VI)',
  },
  use: {
    headline: 'Somente para pesquisa. Auxílio ao profissional treinado, para uma lesão já suspeita.',
    not: 'Não é rastreamento nem diagnóstico; um valor baixo não exclui câncer.',
    notValidatedOn: [
      'unhas, mucosas, pálpebras, genitais',
      'lesões ulceradas ou com sangramento',
      'lesões ocultas por pelos, tinta, tatuagem ou cicatriz',
      'lesões maiores que o campo de visão',
      'pele escura (fototipos V–VI)',
      'carcinoma espinocelular e qualquer outro diagnóstico fora das sete classes',
    ],
  },
  fields: {
    width: 'Largura',
    height: 'Altura',
    brightness: 'Brilho',
    contrast: 'Contraste',
    darkShare: 'Parte escura',
    brightShare: 'Parte clara',
    focus: 'Foco',
    detail: 'Detalhe',
    motion: 'Movimento',
    damage: 'Danos',
    grain: 'Ruído',
    evidence: 'Lesão visível',
    share: 'Proporção',
    distance: 'Distância',
    hair: 'Pelos',
    glare: 'Reflexo',
    ink: 'Tinta',
    cut: 'Cortada',
    lesionFocus: 'Foco lesão',
    open: 'Abertura',
    capture: 'Captura',
    assess: 'Verificação',
    classify: 'Análise',
    record: 'Registro',
    total: 'Total',
    burstDecode: 'decodificar a rajada',
    quality: 'qualidade',
    decode: 'decodificar',
    prepare: 'preparar',
    network: 'rede',
    verdict: 'decisão',
    explain: 'explicar',
  },
};
